// Keeps the chat fresh and sends on Enter; without it the page still works by reloading.
const wall = document.getElementById('wall')
const form = document.getElementById('write')

const toEnd = () => {
  if (wall) wall.scrollTop = wall.scrollHeight
}

async function refresh() {
  if (!wall || document.hidden) return
  try {
    const answer = await fetch(wall.dataset.refresh, { redirect: 'manual' })
    if (!answer.ok) return
    const html = await answer.text()
    if (html === wall.dataset.seen) return
    const atEnd = wall.scrollHeight - wall.scrollTop - wall.clientHeight < 80
    wall.dataset.seen = html
    wall.innerHTML = html
    if (atEnd) toEnd()
  } catch {
    // The server may be restarting; the next round tries again.
  }
}

if (wall) {
  toEnd()
  setInterval(refresh, 1500)
}

if (form) {
  const body = form.elements.namedItem('body')
  form.addEventListener('submit', async (event) => {
    const what = event.submitter?.value ?? 'text'
    event.preventDefault()
    const sent = new FormData(form)
    sent.set('what', what)
    if (what === 'text' && !body.value.trim()) return
    body.value = ''
    form.querySelector('details')?.removeAttribute('open')
    await fetch(form.action, { method: 'POST', body: sent, redirect: 'manual' })
    form.reset()
    await refresh()
    toEnd()
    body.focus()
  })
  body.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      form.requestSubmit(form.querySelector('button.go'))
    }
  })
}
