// Configuration of MathJax; read when its script starts. Nothing is loaded later, so no extension may be.
window.MathJax = {
  tex: {
    inlineMath: [["$", "$"], ["\\(", "\\)"]],
    displayMath: [["$$", "$$"], ["\\[", "\\]"]],
    processEscapes: true,
    packages: {"[-]": ["autoload", "require"]},
  },
  svg: {fontCache: "local"},
  options: {enableMenu: false, enableAssistiveMml: true},
  startup: {typeset: false},
};
