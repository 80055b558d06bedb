"""The SDK's models are loaded when they are used, and every one of them can be."""

import subprocess
import sys

EVERY_NAME = """
import ast, importlib, pathlib, skill, ask_sdk_model
root = pathlib.Path(ask_sdk_model.__path__[0])
names = 0
for init in sorted(root.rglob("__init__.py")):
    package = ".".join(("ask_sdk_model", *init.parent.relative_to(root).parts))
    module = importlib.import_module(package)
    for node in ast.parse(init.read_text()).body:
        for alias in node.names if isinstance(node, ast.ImportFrom) and node.level else ():
            found = getattr(module, alias.asname or alias.name)
            assert found.__name__ == alias.name, (package, alias.name, found)
            names += 1
print(names)
"""


def _run(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def test_every_name_of_every_package_is_the_class_of_that_name() -> None:
    assert int(_run(EVERY_NAME)) > 400


def test_a_name_that_there_is_not_is_missing_as_ever() -> None:
    program = """
import skill, ask_sdk_model
try:
    ask_sdk_model.NoSuchModel
except AttributeError:
    print("missing", ask_sdk_model.Response.__name__)
"""
    assert _run(program) == "missing Response\n"


def test_the_skill_is_built_without_most_of_them() -> None:
    program = "import sys, skill.alexa.endpoint; print(sum(name.startswith('ask_sdk_model') for name in sys.modules))"
    assert int(_run(program)) < 150
