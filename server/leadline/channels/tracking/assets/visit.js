/* Leadline visits: nothing is stored in the browser before leadline.consent(true). */
(function (doc, win, nav) {
  var src = new URL(doc.currentScript.src)
  var refuses = nav.globalPrivacyControl || nav.doNotTrack === '1'
  var stored = function (store, key, value) {
    try {
      if (value != null) win[store].setItem(key, value)
      return win[store].getItem(key)
    } catch (error) { return null }
  }
  var agreed = !refuses && (!/*ask*/true || stored('localStorage', 'leadline_consent') === '1')
  var page, since, active, deepest, link

  function id() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) { return (byte + 256).toString(16).slice(1) }).join('')
  }

  function cookie(value, age) {
    doc.cookie = '_vid=' + value + ';Path=/;SameSite=Lax;Max-Age=' + age + (location.protocol === 'https:' ? ';Secure' : '')
  }

  function visitor() {
    var found = doc.cookie.match(/(?:^|; )_vid=([\w-]+)/)
    var key = found ? found[1] : id()
    cookie(key, 34128000)
    return key
  }

  function send(type, more) {
    var at = new Date().toISOString()
    var event = Object.assign({ id: id(), type: type, at: at }, more)
    var body = { v: 1, site: src.pathname.split('/').pop().slice(0, -3), now: at, consent: 'denied', events: [event] }
    if (agreed) {
      body.consent = 'granted'
      body.vid = visitor()
      body.sid = stored('sessionStorage', 'leadline_sid') || stored('sessionStorage', 'leadline_sid', id())
    }
    body = JSON.stringify(body)
    if (!nav.sendBeacon(src.origin + '/t/c', body)) fetch(src.origin + '/t/c', { method: 'POST', body: body, keepalive: true, mode: 'no-cors' })
    return event.id
  }

  function leave() {
    if (since) active += Date.now() - since
    since = 0
    if (agreed && active > 999) send('engage', { page: page, active_ms: active, scroll: deepest })
  }

  function scrolled() {
    var depth = (win.scrollY + win.innerHeight) / doc.documentElement.scrollHeight
    deepest = Math.min(1, Math.max(deepest, +depth.toFixed(2)))
  }

  function look(counted) {
    leave()
    var url = new URL(location.href)
    link = url.searchParams.get('_l') || link
    if (link) {
      url.searchParams.delete('_l')
      history.replaceState(history.state, '', url)
    }
    active = deepest = 0
    since = doc.hidden ? 0 : Date.now()
    page = send('page', { url: url.href, title: doc.title, ref: doc.referrer, counted: counted === true })
    if (link) send('identify', { method: 'link', token: link })
    scrolled()
  }

  var push = history.pushState
  history.pushState = function () {
    push.apply(history, arguments)
    setTimeout(look)
  }
  win.addEventListener('popstate', look)
  win.addEventListener('scroll', scrolled, { passive: true })
  doc.addEventListener('visibilitychange', function () {
    if (doc.hidden) leave()
    else since = Date.now()
  })
  win.leadline = {
    consent: function (yes) {
      var before = agreed
      agreed = yes && !refuses
      stored('localStorage', 'leadline_consent', agreed ? '1' : '0')
      if (!agreed) cookie('', 0)
      else if (!before) look(true)
    },
    event: function (name, props) {
      if (agreed) send('event', { name: name, props: props, url: location.href })
    }
  }
  look()
})(document, window, navigator)
