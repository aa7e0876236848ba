/** Drag by finger: hold, carry, let go. Browsers give touch screens no drag events, or only some of them. */

const HOLD = 350
const SLACK = 10
const EDGE = 56
const PACE = 14

type Point = { x: number; y: number }

/** What hangs over a target is told to it by this event; its detail is the id of what was dropped. */
export const DROPPED_BY_TOUCH = 'leadline-dropped'
/** Targets name what they take, and places that scroll say so, by these attributes. */
export const TAKES = 'data-takes'
export const SCROLLS = 'data-scrolls'

/** Lets a finger that rests on the element lift it; a finger that moves at once scrolls as everywhere. */
export function liftedByTouch(element: HTMLElement, kind: string, id: string): () => void {
  let carrying: Carrying | null = null
  let begun: Point | null = null
  let timer = 0

  const start = (event: TouchEvent): void => {
    const [finger] = event.touches
    if (event.touches.length > 1 || !finger) return end()
    begun = at(finger)
    timer = window.setTimeout(() => {
      if (begun) carrying = new Carrying(element, kind, begun)
    }, HOLD)
  }
  const move = (event: TouchEvent): void => {
    const [finger] = event.touches
    if (!finger || !begun) return
    if (carrying) {
      event.preventDefault()
      carrying.follow(at(finger))
    } else if (Math.hypot(finger.clientX - begun.x, finger.clientY - begun.y) > SLACK) end()
  }
  const drop = (event: TouchEvent): void => {
    // The finger that carried must not also click.
    if (carrying) event.preventDefault()
    carrying?.over?.dispatchEvent(new CustomEvent(DROPPED_BY_TOUCH, { detail: id }))
    end()
  }
  const end = (): void => {
    window.clearTimeout(timer)
    carrying?.end()
    carrying = begun = null
  }
  const noMenu = (event: Event): void => {
    if (begun) event.preventDefault()
  }

  element.addEventListener('touchstart', start, { passive: true })
  element.addEventListener('touchmove', move, { passive: false })
  element.addEventListener('touchend', drop, { passive: false })
  element.addEventListener('touchcancel', end)
  element.addEventListener('contextmenu', noMenu)
  return () => {
    end()
    element.removeEventListener('touchstart', start)
    element.removeEventListener('touchmove', move)
    element.removeEventListener('touchend', drop)
    element.removeEventListener('touchcancel', end)
    element.removeEventListener('contextmenu', noMenu)
  }
}

function at(finger: Touch): Point {
  return { x: finger.clientX, y: finger.clientY }
}

/** An element in the air: its picture under the finger, the target below it, and the edges that scroll. */
class Carrying {
  over: HTMLElement | null = null
  private readonly ghost: HTMLElement
  private point: Point
  private frame = 0

  constructor(
    private readonly element: HTMLElement,
    private readonly kind: string,
    private readonly from: Point,
  ) {
    this.point = from
    this.ghost = picture(element)
    document.body.append(this.ghost)
    element.setAttribute('data-lifted', '')
    navigator.vibrate?.(10)
    this.frame = requestAnimationFrame(this.scroll)
  }

  follow(point: Point): void {
    this.point = point
    this.ghost.style.transform = `translate(${point.x - this.from.x}px, ${point.y - this.from.y}px)`
    const below = document.elementFromPoint(point.x, point.y)
    this.hangOver(below?.closest<HTMLElement>(`[${TAKES}="${this.kind}"]`) ?? null)
  }

  end(): void {
    cancelAnimationFrame(this.frame)
    this.hangOver(null)
    this.ghost.remove()
    this.element.removeAttribute('data-lifted')
  }

  private hangOver(target: HTMLElement | null): void {
    if (target === this.over) return
    this.over?.removeAttribute('data-over')
    target?.setAttribute('data-over', '')
    this.over = target
  }

  private readonly scroll = (): void => {
    let place = document.elementFromPoint(this.point.x, this.point.y)?.closest(`[${SCROLLS}]`) ?? null
    while (place) {
      const box = place.getBoundingClientRect()
      place.scrollBy(pull(this.point.x, box.left, box.right), pull(this.point.y, box.top, box.bottom))
      place = place.parentElement?.closest(`[${SCROLLS}]`) ?? null
    }
    this.frame = requestAnimationFrame(this.scroll)
  }
}

function pull(where: number, low: number, high: number): number {
  if (where - low < EDGE) return -PACE
  return high - where < EDGE ? PACE : 0
}

function picture(element: HTMLElement): HTMLElement {
  const box = element.getBoundingClientRect()
  const made = element.cloneNode(true) as HTMLElement
  made.setAttribute('aria-hidden', 'true')
  made.inert = true
  Object.assign(made.style, {
    position: 'fixed',
    insetInlineStart: 'auto',
    left: `${box.left}px`,
    top: `${box.top}px`,
    width: `${box.width}px`,
    height: `${box.height}px`,
    margin: '0',
    opacity: '0.92',
    pointerEvents: 'none',
    zIndex: '1000',
    boxShadow: '0 8px 24px rgb(0 0 0 / 0.25)',
  })
  return made
}
