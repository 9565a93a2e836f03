// Only the window that the widget opened for this closes itself; any other tab stays and says what to do.
if (window.name === "egusi-bank") window.close();
