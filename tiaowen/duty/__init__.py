"""From a document of citable provisions to duty frames: who must do what, to whom, within what limit."""
