"""Reads an iCalendar file with another library than the one it was written with (Debian's python3-icalendar, which only
Debian's Python has), and prints its events as JSON: a list of {summary, uid, starts, ends}, in their order."""

import json
import sys

import icalendar


def main():
    """The events of the file that is named."""
    with open(sys.argv[1], "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    events = [
        {
            "summary": str(event["summary"]),
            "uid": str(event["uid"]),
            "starts": event["dtstart"].dt.timestamp(),
            "ends": event["dtend"].dt.timestamp(),
        }
        for event in calendar.walk("VEVENT")
    ]
    print(json.dumps(sorted(events, key=lambda event: event["starts"])))


if __name__ == "__main__":
    main()
