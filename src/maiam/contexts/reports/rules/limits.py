"""Every size a report may have, in one table. Beyond them the words are kept, or the person is told by the field."""

from datetime import timedelta

MOST_STORY_LETTERS = 50_000
MOST_PLACE_LETTERS = 500
MOST_MESSAGE_LETTERS = 10_000
MOST_REASON_LETTERS = 2_000
MOST_NAME_LETTERS = 120
MOST_COVER_LETTERS = 200

MOST_PICTURES = 20
MOST_PICTURE_BYTES = 12 * 1024 * 1024
MOST_REQUEST_BYTES = 60 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE_PIXELS = 2_000

MOST_MESSAGES_A_DAY = 50
PAGE_ROWS = 50
MOST_API_ROWS = 100

# Reports that may wait for the database at once.
MOST_WAITING = 20_000

# A person needs longer than this to answer; what is quicker waits in quarantine, within the same clock.
LEAST_HUMAN_TIME = timedelta(seconds=8)
# How long the page opened by a receipt code goes on answering before it asks for the code again.
TICKET_TERM = timedelta(hours=1)
# Told earlier than this before now, the moment needs a reason.
TOLD_JUST_NOW = timedelta(minutes=5)
TOLD_LONGEST_AGO = timedelta(days=366)

# 16 digits, a million live codes: at this rate a stranger finds one in a thousand years or so.
WRONG_CODES_PER_HOUR = 1_000
# Above that rate, one source (a carrier may put thousands of phones behind it) gets one try in this time.
SLOW_SOURCE_PAUSE = timedelta(seconds=4)
