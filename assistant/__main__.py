"""Commands of the assistant: serve, train, check, evaluate."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from assistant import check, tracker, training
from assistant.settings import Settings
from backend.process.arguments import speak_chinese
from backend.process.data_folder import prepare
from backend.process.refusals import INTERRUPTED, refusals_told
from backend.process.serving import serve
from backend.telemetry.logs import configure_logs


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    speak_chinese()
    options = _parser().parse_args(arguments)
    return refusals_told(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    settings = Settings.from_environment()
    configure_logs(json=settings.json_logs, level=settings.log_level)
    try:
        return int(options.run(options, settings) or 0)
    except KeyboardInterrupt:  # Ctrl-C at the terminal reaches us too; who started us says so
        return INTERRUPTED


def _serve(_options: argparse.Namespace, settings: Settings) -> None:
    from assistant.server import create_app

    prepare(settings.data)
    serve(create_app(settings), settings.host, settings.port)


def _train(options: argparse.Namespace, settings: Settings) -> None:
    prepare(settings.data)
    terminal = sys.stdout  # training redirects what Rasa prints

    def tell(line: str) -> None:
        print(line, file=terminal, flush=True)

    if not settings.tracker_url:
        tracker.set_aside_damaged(settings.tracker_file, tell)
    if options.deliver:
        tell(f"随内容提交的模型：{training.deliver(settings.models, tell).relative_to(training.ROOT)}")
        return
    training.train(settings.models, tell, if_changed=options.if_changed)


def _check(_options: argparse.Namespace, _settings: Settings) -> int:
    problems = check.run()
    for line in problems:
        print(line)
    return 1 if problems else 0


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.evaluation.report import UnreadableReport
    from assistant.evaluation.run import evaluate

    try:
        for line in evaluate(options.file, options.out, settings, options.before):
            print(line)
    except UnreadableReport as unreadable:
        print(f"{unreadable} 读不出来，或者不是 ./daoban evaluate 写的报告。")
        return 1
    return 0


def _tracker_export(options: argparse.Namespace, settings: Settings) -> None:
    """Add what the tracker holds to a person's export."""
    exported = json.loads(options.file.read_text("utf-8"))
    exported["tracker"] = tracker.show(settings.tracker, exported["found"])
    options.file.write_text(json.dumps(exported, ensure_ascii=False, indent=1), "utf-8")


def _tracker_erase(options: argparse.Namespace, settings: Settings) -> None:
    conversations = options.file.read_text("ascii").split()
    print(f"助手的记忆：删了{tracker.erase(settings.tracker, conversations)}条。")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="assistant", description="导办助手")
    commands = parser.add_subparsers(required=True)
    commands.add_parser("serve", help="启动助手").set_defaults(run=_serve)
    train = commands.add_parser("train", help="训练")
    train.add_argument("--if-changed", action="store_true", help="训练材料没有变就不训练")
    train.add_argument(
        "--deliver", action="store_true", help="把模型放到 assistant/trained，随内容一起提交：装好第一次启动不用训练"
    )
    train.set_defaults(run=_train)
    commands.add_parser("check", help="检查话术、按钮和例句").set_defaults(run=_check)
    evaluate = commands.add_parser("evaluate", help="用一份问题文件测助手")
    evaluate.add_argument("file", type=Path)
    evaluate.add_argument("--out", type=Path, required=True)
    evaluate.add_argument("--before", type=Path, help="以前的一份报告：看哪些变对、哪些变错")
    evaluate.set_defaults(run=_evaluate)
    memory = commands.add_parser("tracker", help="助手的记忆：给个人数据的导出和删除用").add_subparsers(required=True)
    for name, run, text in (
        ("export", _tracker_export, "把记忆加进导出的文件"),
        ("erase", _tracker_erase, "删去文件里列出的对话"),
    ):
        command = memory.add_parser(name, help=text)
        command.add_argument("file", type=Path)
        command.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
