# A message with this tag stands where something happened, not above the page.
HERE = "hier"
# And with this one as well: the page may forget what the browser kept of the text.
SENT = "verstuurd"
