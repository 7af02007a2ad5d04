"""What a circle's days and its memory are called, wherever it is told of."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
KEPT = {
    "off": "Nothing said here is kept in a memory.",
    "chosen": "Only threads that somebody chooses to keep go into our memory.",
    "practice": "The threads of our questions are meant for our memory.",
    "all": "The threads of this channel are meant for our memory.",
}
