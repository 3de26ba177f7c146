"""Reads messages (paths on the command line) as Python's email does, and prints one JSON object a line of what it finds."""

import email
import email.policy
import json
import sys


def flaws(part):
    found = [str(d) for d in part.defects]
    for value in part.values():
        found += [str(d) for d in getattr(value, "defects", [])]
    for child in part.iter_parts() if part.is_multipart() else []:
        found += flaws(child)
    return found


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    print(json.dumps({
        "defects": flaws(message),
        "type": message.get_content_type(),
        "subject": str(message["subject"]),
        "from": str(message["from"]),
        "types": [part.get_content_type() for part in message.iter_parts()],
        "text": message.get_body(("plain",)).get_content(),
        "html": message.get_body(("html",)).get_content(),
    }))
