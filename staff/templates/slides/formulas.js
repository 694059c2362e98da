// Configuration of MathJax; read when its script starts. Nothing is loaded later, so no extension may be;
// an unknown command is an error that a test sees, not red text.
window.MathJax = {
  tex: {
    inlineMath: [["$", "$"], ["\\(", "\\)"]],
    displayMath: [["$$", "$$"], ["\\[", "\\]"]],
    processEscapes: true,
    packages: {"[-]": ["autoload", "require", "noundefined"]},
  },
  svg: {fontCache: "local"},
  options: {enableMenu: false, enableAssistiveMml: true},
  startup: {typeset: false},
};
