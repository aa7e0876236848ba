import { useEffect, useRef } from 'react'

type Keys = Record<string, (event: KeyboardEvent) => void>

/** Whether keys typed here are text, not commands. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

function nameOf(event: KeyboardEvent): string {
  return (event.metaKey || event.ctrlKey ? 'mod+' : '') + event.key.toLowerCase()
}

/** Single-key commands while the caller is on screen; silent while a person types or a dialog is open. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const name = nameOf(event)
      const command = latest.current[name]
      if (!command || event.defaultPrevented || event.altKey) return
      if (!name.startsWith('mod+') && (isTyping(event.target) || document.querySelector('[role=dialog]'))) return
      event.preventDefault()
      command(event)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
