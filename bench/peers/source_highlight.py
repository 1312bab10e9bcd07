"""ml-indie-tools' `source_highlight`, which finds one source a span, longest first, without its display."""

import json
import logging

from answer import Task, answer_requests
from ml_indie_tools.Text_Dataset import Text_Dataset

logging.disable()


class Counting(Text_Dataset):
    """Counts the passages that would be shown in colour."""

    passages = 0

    def _display_colored_html(self, textlist, **display):
        if "pre" not in display:  # Not the list of sources.
            self.passages = sum(source > 0 for _, source in textlist)


def trace(file: str, minLength: int) -> Task:
    with open(file, encoding="utf-8") as content:
        given = json.load(content)
    texts = [
        {"author": text["author"], "title": text["title"], "language": "en", "text": text["content"]}
        for text in given["texts"]
    ]
    dataset = Counting(texts)

    def run() -> int:
        dataset.source_highlight(given["sample"], min_quote_size=minLength)
        return dataset.passages

    return Task(run)


answer_requests({"trace": trace}, {})
