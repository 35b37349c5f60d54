# A message with this tag stands where something happened, not above the page.
HERE = "hier"
