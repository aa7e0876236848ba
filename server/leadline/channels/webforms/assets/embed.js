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
    form.querySelectorAll('[data-show-if]:not([data-off])').forEach(function (box) {
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
    remembered(answer.told)
    if (answer.redirect) { location.assign(answer.redirect); return }
    var done = document.createElement('p')
    done.className = 'leadline-done'
    done.setAttribute('role', 'status')
    done.setAttribute('tabindex', '-1')
    done.style.whiteSpace = 'pre-line'
    done.textContent = answer.thank_you
    if (answer.download) {
      var link = document.createElement('a')
      link.href = answer.download
      link.textContent = answer.download.split(/[?#]/)[0].split('/').pop() || answer.download
      done.appendChild(document.createElement('br'))
      done.appendChild(link)
    }
    form.replaceWith(done)
    done.focus()
  }

  function bytesOf(hex) {
    return new Uint8Array(hex.match(/../g).map(function (pair) { return parseInt(pair, 16) }))
  }

  /* The calculation some forms ask for (ALTCHA, version 2): tries counters until the key begins as asked. */
  function solve(challenge) {
    var asked = challenge.parameters
    var password = new Uint8Array(bytesOf(asked.nonce).length + 4)
    password.set(bytesOf(asked.nonce))
    var way = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(asked.salt), iterations: asked.cost }
    var began = Date.now()
    function attempt(counter) {
      new DataView(password.buffer).setUint32(password.length - 4, counter)
      return crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']).then(function (key) {
        return crypto.subtle.deriveBits(way, key, asked.keyLength * 8)
      }).then(function (bits) {
        var hex = Array.from(new Uint8Array(bits), function (byte) { return (byte + 256).toString(16).slice(1) }).join('')
        if (hex.slice(0, asked.keyPrefix.length) !== asked.keyPrefix) return attempt(counter + 1)
        return btoa(JSON.stringify({ challenge: challenge, solution: { counter: counter, derivedKey: hex, time: Date.now() - began } }))
      })
    }
    return attempt(0)
  }

  /* Visitors who come back are asked for what is missing; what they told is signed and kept by their browser. */
  function remembered(token) {
    try {
      if (token) localStorage.setItem('leadline_told', token)
      return localStorage.getItem('leadline_told') || ''
    } catch (error) {
      return ''
    }
  }

  function askFor(form, keys) {
    form.querySelectorAll('[data-key]').forEach(function (box) {
      var shown = keys.indexOf(box.getAttribute('data-key')) >= 0
      box.toggleAttribute('data-off', !shown)
      box.hidden = !shown
      box.querySelectorAll('input,select,textarea').forEach(function (input) { input.disabled = !shown })
    })
    askOnlyWhatApplies(form)
  }

  /* When the form was shown, and the solved calculation if it asks for one; never fails. */
  function starting(form) {
    var address = form.action.split('?')[0] + '/start'
    if (form.querySelector('[data-key]') && remembered()) address += '?told=' + encodeURIComponent(remembered())
    return fetch(address, { credentials: 'omit' }).then(function (response) { return response.json() }).then(function (given) {
      if (given.ask) askFor(form, given.ask)
      if (!given.work) return given
      return Promise.resolve(given.work).then(solve).then(function (answer) { given.altcha = answer; return given }, function () { return given })
    }).catch(function () { return {} })
  }

  /* A page of ours posts as it is; it only waits until the calculation is done. */
  function hostedWork(form) {
    var ready = starting(form)
    form.addEventListener('submit', function (event) {
      if (form.elements.altcha) return
      event.preventDefault()
      ready.then(function (given) {
        var input = document.createElement('input')
        input.type = 'hidden'
        input.name = 'altcha'
        input.value = given.altcha || ''
        form.appendChild(input)
        HTMLFormElement.prototype.submit.call(form)
      })
    })
  }

  /* A stand at a trade show: one person after the other, also while there is no network. What was filled in
     is kept by the browser until the server has it. */
  function desk(form) {
    var place = 'leadline_desk_' + location.pathname
    var status = form.querySelector('[data-desk-status]')
    var busy = false
    function kept(queue) {
      if (queue) localStorage.setItem(place, JSON.stringify(queue))
      return JSON.parse(localStorage.getItem(place) || '[]')
    }
    function tell() {
      var count = kept().length
      status.textContent = (count ? status.getAttribute('data-waiting') : status.getAttribute('data-sent')).replace('{n}', count)
    }
    function isEmpty() {
      return Array.from(form.elements).every(function (input) {
        return input.type === 'hidden' || input.tagName === 'BUTTON' || !('value' in input) || input.type === 'checkbox' || !input.value
      })
    }
    function giveBack(fields, errors) {
      Object.keys(fields).forEach(function (name) {
        var input = form.elements[name]
        if (input && input.tagName && input.type !== 'checkbox' && input.type !== 'hidden') input.value = fields[name]
      })
      say(form, errors)
    }
    function later(seconds) {
      busy = false
      setTimeout(flush, seconds * 1000)
    }
    function flush() {
      var next = kept()[0]
      if (!next || busy) { tell(); return }
      busy = true
      var ready = form.hasAttribute('data-work') ? starting(form) : Promise.resolve({})
      ready.then(function (start) {
        if (start.altcha) next.fields.altcha = start.altcha
        return fetch(form.action, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(next) })
      }).then(function (response) {
        if (response.status === 429 || response.status >= 500) { later(Number(response.headers.get('Retry-After')) || 20); return }
        return response.json().then(function (answer) {
          /* What has to be corrected waits until nobody is typing. */
          if (response.status >= 400 && !isEmpty()) { later(5); return }
          kept(kept().slice(1))
          busy = false
          if (response.status >= 400) giveBack(next.fields, answer.errors || { '': answer.detail })
          flush()
        })
      }).catch(function () { later(20) })
      tell()
    }
    form.addEventListener('submit', function (event) {
      event.preventDefault()
      if (!form.reportValidity()) return
      say(form, {})
      kept(kept().concat([{ fields: answers(form), idempotency_key: Math.random().toString(36).slice(2) + Date.now() }]))
      form.reset()
      askOnlyWhatApplies(form)
      flush()
    })
    form.querySelector('[data-vcard]').addEventListener('input', function (event) { fillFrom(form, event.target) })
    window.addEventListener('online', flush)
    flush()
  }

  /* The text of a contact's QR code (vCard) fills the fields it has a place in. */
  function fillFrom(form, box) {
    var card = box.value.replace(/\r?\n[ \t]/g, '')
    if (!/END:VCARD/i.test(card)) return
    function value(name) {
      var found = card.match(new RegExp('^(?:item\\d+\\.)?' + name + '(?:;[^:\\n]*)?:(.*)$', 'im'))
      return found ? found[1].trim().replace(/\\([,;\\])/g, '$1') : ''
    }
    var parts = value('N').split(';')
    var known = {
      name: value('FN') || [parts[1], parts[0]].join(' ').trim(), first_name: parts[1], last_name: parts[0],
      phone: value('TEL').replace(/^tel:/i, ''), email: value('EMAIL'), company: value('ORG').split(';')[0], title: value('TITLE')
    }
    Object.keys(known).forEach(function (key) {
      if (form.elements[key] && known[key]) form.elements[key].value = known[key]
    })
    box.value = ''
  }

  function post(form, start, key) {
    var fields = answers(form)
    if (start.ts) { fields._ts = start.ts; fields._sig = start.sig }
    if (start.altcha) fields.altcha = start.altcha
    if (start.ask && remembered()) fields._told = remembered()
    var body = {
      form: form.getAttribute('data-name') || '',
      fields: fields,
      attribution: { first: firstTouch(form), last: touch() },
      visitor: { fbp: cookie('_fbp'), fbc: cookie('_fbc'), vid: cookie('_vid') },
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
    if (form.hasAttribute('data-hosted')) {
      if (form.hasAttribute('data-desk')) desk(form)
      else if (form.hasAttribute('data-work')) hostedWork(form)
      return
    }
    var key = Math.random().toString(36).slice(2) + Date.now().toString(36)
    firstTouch(form)
    var ready = starting(form)
    form.addEventListener('submit', function (event) {
      event.preventDefault()
      var button = form.querySelector('button:not([type=button])')
      if (button) button.disabled = true
      ready.then(function (start) { return post(form, start, key) }).then(function (result) {
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
