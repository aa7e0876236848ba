// Runs before the first paint: the chosen theme, language and direction, so that nothing flashes.
;(function () {
  var root = document.documentElement
  var chosen = null
  try {
    chosen = JSON.parse(localStorage.getItem('leadline.appearance') || '{}')
  } catch {
    chosen = {}
  }
  var dark = chosen.theme === 'dark' || (chosen.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  root.setAttribute('data-density', chosen.density || 'compact')
  var language = chosen.language || (navigator.language || 'en').slice(0, 2)
  var rtl = language === 'he'
  root.lang = rtl ? 'he' : 'en'
  root.dir = rtl ? 'rtl' : 'ltr'
})()
