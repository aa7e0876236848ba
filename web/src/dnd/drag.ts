import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { DROPPED_BY_TOUCH, liftedByTouch, SCROLLS, TAKES } from './touch'

type Load = { kind: string; id: string }
type Attach = (element: HTMLElement | null) => () => void

const nothing = (): void => {}

// While something is dragged only attributes change: a board of thousands must not render for it.

/** A ref that makes an element draggable; it carries `data-lifted` while it is in the air. */
export function dragged(kind: string, id: string): Attach {
  return (element) =>
    !element ? nothing : combine(
      draggable({
        element,
        // A finger is followed by ourselves; two that follow it would drop twice.
        canDrag: () => !element.hasAttribute('data-lifted'),
        getInitialData: (): Load => ({ kind, id }),
        onDragStart: () => element.setAttribute('data-lifted', ''),
        onDrop: () => element.removeAttribute('data-lifted'),
      }),
      liftedByTouch(element, kind, id),
    )
}

/** A ref that takes drops of one kind; it carries `data-over` while something hangs over it. */
export function dropped(kind: string, onDrop: (id: string) => void): Attach {
  return (element) => {
    if (!element) return nothing
    const byTouch = (event: Event): void => onDrop((event as CustomEvent<string>).detail)
    element.setAttribute(TAKES, kind)
    element.addEventListener(DROPPED_BY_TOUCH, byTouch)
    return combine(
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === kind,
        getIsSticky: () => true,
        onDragEnter: () => element.setAttribute('data-over', ''),
        onDragLeave: () => element.removeAttribute('data-over'),
        onDrop: ({ source }) => {
          element.removeAttribute('data-over')
          onDrop(String(source.data.id))
        },
      }),
      () => element.removeEventListener(DROPPED_BY_TOUCH, byTouch),
    )
  }
}

/** A ref that scrolls an element while something is dragged near its edge. */
export function scrolledByDrag(element: HTMLElement): () => void {
  element.setAttribute(SCROLLS, '')
  let stop = nothing
  let gone = false
  // Nobody needs it before something is dragged, so it comes after the first screen.
  void import('@atlaskit/pragmatic-drag-and-drop-auto-scroll/element').then(({ autoScrollForElements }) => {
    if (!gone) stop = autoScrollForElements({ element })
  })
  return () => {
    gone = true
    stop()
  }
}

/** Several of these on one element. */
export function together(...attach: Attach[]): Attach {
  return (element) => combine(...attach.map((one) => one(element)))
}

