/* Leadline forms: fills in where the visitor came from, asks only what has to be asked, and posts without
   leaving the page. Without this script the form still posts as it is. */
(function () {
  'use strict'
  var UTM = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'utm_id']
  var CLICKS = ['gclid', 'gbraid', 'wbraid', 'fbclid', 'msclkid', 'ttclid', 'li_fat_id', 'twclid']
  var query = new URLSearchParams(location.search)

  function cookie(name) {
    var found = document.cookie.match('(?:^|; )' + name + '=([^;]*)')
    return found ? decodeURIComponent(found[1]) : ''
  }

  function touch() {
    var seen = { page_url: location.href.slice(0, 2000), referrer: document.referrer, at: new Date().toISOString() }
    UTM.concat(CLICKS).forEach(function (name) {
      var value = query.get(name)
      if (value) seen[name] = value
    })
    return seen
  }

  /* The first page of this visit; kept for later visits only where the form says data-remember. */
  function firstTouch(form) {
    try {
      var store = form.hasAttribute('data-remember') ? localStorage : sessionStorage
      var kept = store.getItem('leadline_first')
      if (kept) return JSON.parse(kept)
      var first = touch()
      first.landing_url = first.page_url
      delete first.page_url
      store.setItem('leadline_first', JSON.stringify(first))
      return first
    } catch (error) {
      return {}
    }
  }

  function answers(form) {
    var fields = {}
    new FormData(form).forEach(function (value, name) {
      if (typeof value !== 'string') return
      if (name in fields) fields[name] = [].concat(fields[name], value)
      else fields[name] = value
    })
    return fields
  }

  function askOnlyWhatApplies(form) {
    var fields = answers(form)
    form.querySelectorAll('[data-show-if]').forEach(function (box) {
      var given = [].concat(fields[box.getAttribute('data-show-if')] || [])
      var shown = given.indexOf(box.getAttribute('data-equals')) >= 0
      box.hidden = !shown
      box.querySelectorAll('input,select,textarea').forEach(function (input) { input.disabled = !shown })
    })
  }

  function say(form, mistakes) {
    form.querySelectorAll('.leadline-error').forEach(function (old) { old.remove() })
    var first = null
    Object.keys(mistakes).forEach(function (key) {
      var input = form.elements[key]
      input = input && input.length && !input.tagName ? input[0] : input
      var line = document.createElement('p')
      line.className = 'error leadline-error'
      line.setAttribute('role', 'alert')
      line.textContent = mistakes[key]
      if (input && input.closest) {
        input.setAttribute('aria-invalid', 'true')
        ;(input.closest('.field') || form).appendChild(line)
        first = first || input
      } else form.appendChild(line)
    })
    if (first) first.focus()
  }

  function thank(form, answer) {
    if (answer.redirect) { location.assign(answer.redirect); return }
    var done = document.createElement('p')
    done.className = 'leadline-done'
    done.setAttribute('role', 'status')
    done.setAttribute('tabindex', '-1')
    done.style.whiteSpace = 'pre-line'
    done.textContent = answer.thank_you
    form.replaceWith(done)
    done.focus()
  }

  function post(form, start, key) {
    var fields = answers(form)
    if (start) { fields._ts = start.ts; fields._sig = start.sig }
    var body = {
      form: form.getAttribute('data-name') || '',
      fields: fields,
      attribution: { first: firstTouch(form), last: touch() },
      visitor: { fbp: cookie('_fbp'), fbc: cookie('_fbc') },
      idempotency_key: key
    }
    return fetch(form.action, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, credentials: 'omit', body: JSON.stringify(body)
    }).then(function (response) {
      return response.json().then(function (answer) { return { status: response.status, answer: answer } })
    })
  }

  function enhance(form) {
    if (form.leadline) return
    form.leadline = true
    form.addEventListener('input', function () { askOnlyWhatApplies(form) })
    askOnlyWhatApplies(form)
    if (form.hasAttribute('data-hosted')) return
    var start = null
    var key = Math.random().toString(36).slice(2) + Date.now().toString(36)
    firstTouch(form)
    fetch(form.action + '/start', { credentials: 'omit' })
      .then(function (response) { return response.json() })
      .then(function (given) { start = given }, function () {})
    form.addEventListener('submit', function (event) {
      event.preventDefault()
      var button = form.querySelector('button:not([type=button])')
      if (button) button.disabled = true
      post(form, start, key).then(function (result) {
        if (button) button.disabled = false
        if (result.status < 300) thank(form, result.answer)
        else say(form, result.answer.errors || { '': result.answer.detail })
      }, function () {
        /* No answer: let the browser post the form itself. */
        HTMLFormElement.prototype.submit.call(form)
      })
    })
  }

  function begin() { document.querySelectorAll('form[data-leadline]').forEach(enhance) }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin)
  else begin()
})()
