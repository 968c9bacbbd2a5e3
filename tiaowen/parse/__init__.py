"""From a received file to a document of citable provisions."""
