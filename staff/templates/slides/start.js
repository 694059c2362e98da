// Formulas first, then the deck: reveal.js measures finished slides. Tests wait for window.deckReady.
window.deckReady = MathJax.startup.promise
  .then(() => MathJax.typesetPromise([document.querySelector(".slides")]))
  .then(() => Reveal.initialize({
    width: 1280, height: 720, margin: 0, center: false, hash: true, transition: "none",
    slideNumber: "c/t", controls: false, pdfSeparateFragments: false, pdfMaxPagesPerSlide: 1,
    navigationMode: "linear", plugins: [RevealNotes],
  }));
