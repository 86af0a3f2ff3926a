"""`readtheroom init`: a first config, accounts file and hook. Overwrites nothing."""

from __future__ import annotations

import argparse
import os

from readtheroom import __version__

CONFIG = """\
# Policy for the drafts in this folder and below. `readtheroom schema config` describes every key.
extends: [core]            # packs: a built-in one, a folder of rule files, or package:NAME

audience: []               # whose room to read, as ISO 3166 codes: [US, FR]; empty means everywhere

accounts: accounts.yaml    # who may publish what

room:
  sources:                 # whom to ask what people talk about; nothing of a draft is sent to any of these
    - google-trends        # {kind: google-trends, region: FR} for another country than the US
    - bluesky
    - mastodon
    - wikimedia
    - usgs                 # earthquakes
    - gdacs                # disasters of all kinds
    # - {kind: rss, url: "https://news.example/feed"}
  when_unavailable: warn   # what a post gets that could not be looked up: ignore, warn or block
  window: 48h              # how long before a post an observation still speaks for it

holds:
  folder: holds            # what `readtheroom hold start` stops everything with, in a crisis
#  propose: {labels: [crisis.violence, crisis.war], sources: 2}    # when `lint` and `room` say that one should start

rules: {}
#  hashtag-limit: off                       # a rule that does not suit you
#  newsjacking: error                       # another severity
#  length-limit: {severity: warning}        # or anything else of a rule

overrides: []
#  - files: ["drafts/obituaries/**"]
#    rules: {joking-with-crisis-words: error}

drafts:
  platforms: []            # for drafts that name none: [x, mastodon]
  timezone: UTC            # for times without an offset: Europe/Paris
"""

ACCOUNTS = """\
# The accounts that may publish. A draft names one by `account:`, by its name or by a handle.
accounts:
  - name: main
    handles: {x: example, mastodon: "@example@social.example"}
    languages: [en]
    # authors: [ada, grace]          who may write for it
    # approvers: [joan]              one of them must approve: `readtheroom approve`
    # barred_topics: [topic.politics, topic.religion]
"""

HOOK = f"""\
repos:
  - repo: https://github.com/readtheroom/readtheroom
    rev: v{__version__}
    hooks:
      - id: readtheroom
        files: ^drafts/
"""

FILES = {"readtheroom.yaml": CONFIG, "accounts.yaml": ACCOUNTS, ".pre-commit-config.yaml": HOOK}


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("folder", nargs="?", default=".", help="where to write (default: here)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write what is not there yet."""
    os.makedirs(args.folder, exist_ok=True)
    for name, text in FILES.items():
        path = os.path.join(args.folder, name)
        try:
            with open(path, "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            print(f"kept     {path}")
            if name == ".pre-commit-config.yaml":
                print("         to add the hook, put this under `repos:`\n" + HOOK.partition("\n")[2].rstrip())
        else:
            print(f"written  {path}")
    print("next: put a draft into drafts/, then run `readtheroom lint drafts`")
    return 0
