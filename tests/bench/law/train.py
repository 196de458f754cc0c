#!/usr/bin/python3
"""Grows the trees of the law search's learned ranking and says how good they are.

usage: train.py --library LIBRARY --questions QUESTIONS.json --tool learn_ranking --work FOLDER
                [--lay-lines FOLDER] [--out RANKING] [--json FILE] [--threads N]

Needs numpy and xgboost (Debian: python3-xgboost). Everything the kiosk computes too is computed by
`learn_ranking`, the kiosk's own code; here trees are grown over its rows.

Without --out: five-fold cross-validation. Every question is ranked by what was learned from the
other four fifths alone: kernels, counts, trees. Rows that trees learn from are computed as if their
question had not been learned ("left out", see precedents.h): otherwise trees learn to trust memory.
With --out: then learns from all questions and writes the ranking file, with the score of the
cross-validation in it.

QUESTIONS.json  list of {"id", "query", "gold": [{"law", "article"}]}
Recall@k is the mean over the questions of (answers among the first k) / answers.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys

import numpy
import xgboost

LAY_LINES = pathlib.Path(__file__).resolve().parents[3] / "assets/law/lay_lines"
EVERYDAY = pathlib.Path(__file__).resolve().parent / "everyday.tsv"
FOLDS = 5
SEED = 7
# Losses over pairs and lists gave no more, alone or added up (see README.md here).
ENSEMBLE = [("binary:logistic", 1)]
ROUNDS = 160
# Deeper or more trees gave no more and cost time.
PARAMETERS = {
    "eta": 0.06, "max_depth": 6, "lambda": 10, "gamma": 1, "subsample": 0.8, "colsample_bytree": 0.4,
    "tree_method": "hist", "max_bin": 96,
}
# Questions of a few words, which STARD does not have: lay lines, each held back from the index that
# its own features are computed with. So many teach the trees, so many measure them.
LINES_LEARNED, LINES_MEASURED = 2000, 500
LINE_WEIGHT = 0.25
# Rules of a place, which the national library does not have: nothing to find there.
LOCAL_LINES = {"beijing.tsv"}
MIN_CHILD_WEIGHT = {"binary:logistic": 2, "rank:pairwise": 1, "rank:ndcg": 0.2}


def hold_lines_back(folder, reduced):
    """Writes the lay lines without one line of every second article that has three, and answers with
    those as questions: law, article, line."""
    chance = numpy.random.RandomState(SEED)
    held = []
    reduced.mkdir(exist_ok=True)
    for file in sorted(pathlib.Path(folder).glob("*.tsv")):
        law, kept = "", []
        for row in file.read_text(encoding="utf-8").splitlines():
            if row.startswith("# "):
                law = row[2:].strip()
            number, _, cell = row.partition("\t")
            lines = cell.split("；")
            if file.name not in LOCAL_LINES and len(lines) >= 3 and chance.random_sample() < 0.5:
                held.append((law, number, lines.pop(chance.randint(len(lines)))))
                row = number + "\t" + "；".join(lines)
            kept.append(row + "\n")
        (reduced / file.name).write_text("".join(kept), encoding="utf-8")
    return [held[place] for place in chance.permutation(len(held))]


def question_line(question, learned):
    cells = [str(learned) if learned is not None else "-", " ".join(question["query"].split())]
    for gold in question["gold"]:
        cells += [gold["law"], gold["article"]]
    return "\t".join(cells) + "\n"


class Rows:
    """The candidates of each question with their features and labels."""

    def __init__(self, path):
        data = numpy.fromfile(path, dtype=numpy.uint32)
        width, at = int(data[0]), 1
        self.groups, self.wanted, features, labels = [], [], [], []
        while at < len(data):
            count = int(data[at])
            self.groups.append(count)
            self.wanted.append(int(data[at + 1]))
            block = data[at + 2:at + 2 + count * (width + 2)].reshape(count, width + 2)
            labels.append(block[:, 1].astype(numpy.float32))
            features.append(numpy.ascontiguousarray(block[:, 2:]).view(numpy.float32))
            at += 2 + count * (width + 2)
        self.features = numpy.concatenate(features)
        self.labels = numpy.concatenate(labels)
        self.begins = numpy.concatenate([[0], numpy.cumsum(self.groups)]).astype(int)

    def part(self, questions):
        part = object.__new__(Rows)
        places = numpy.concatenate([numpy.arange(self.begins[q], self.begins[q + 1])
                                    for q in questions])
        part.groups = [self.groups[q] for q in questions]
        part.wanted = [self.wanted[q] for q in questions]
        part.features, part.labels = self.features[places], self.labels[places]
        part.begins = numpy.concatenate([[0], numpy.cumsum(part.groups)]).astype(int)
        return part


def answered(rows):
    return rows.part([q for q in range(len(rows.groups))
                      if rows.labels[rows.begins[q]:rows.begins[q + 1]].any()])


def grow(questions, lines, threads, ensemble=ENSEMBLE):
    """Models, each with what its scores are divided by so that all weigh the same."""
    rows, lines = answered(questions), answered(lines)
    weights = numpy.concatenate([numpy.ones(len(rows.labels)),
                                 numpy.full(len(lines.labels), LINE_WEIGHT)])
    rows.groups += lines.groups
    rows.features = numpy.concatenate([rows.features, lines.features])
    rows.labels = numpy.concatenate([rows.labels, lines.labels])
    models = []
    for objective, seed in ensemble:
        data = xgboost.DMatrix(rows.features, label=rows.labels, weight=weights)
        if objective.startswith("rank"):
            data.set_group(rows.groups)
        parameters = dict(PARAMETERS, objective=objective, seed=seed, nthread=threads,
                          min_child_weight=MIN_CHILD_WEIGHT[objective])
        model = xgboost.train(parameters, data, ROUNDS)
        spread = float(model.predict(data, output_margin=True).std())
        models.append((model, spread * len(ensemble)))
    return models


def score(models, rows):
    data = xgboost.DMatrix(rows.features)
    return sum(model.predict(data, output_margin=True) / spread for model, spread in models)


def measure(rows, scores):
    """Recall@10, Recall@100 and the reciprocal rank up to 10, one row a question."""
    results = []
    for q, wanted in enumerate(rows.wanted):
        own = slice(rows.begins[q], rows.begins[q + 1])
        hits = rows.labels[own][numpy.argsort(-scores[own], kind="stable")]
        first = next((1 / place for place, hit in enumerate(hits[:10], 1) if hit), 0)
        results.append((hits[:10].sum() / wanted, hits[:100].sum() / wanted, first,
                        hits.sum() / wanted))
    return numpy.array(results)


class Bench:
    def __init__(self, options):
        self.options = options
        with open(options.questions, encoding="utf-8") as file:
            self.questions = json.load(file)
        self.reduced = pathlib.Path(self.path("lay_lines"))
        self.lines = hold_lines_back(options.lay_lines, self.reduced)
        self.order = numpy.random.RandomState(SEED).permutation(len(self.questions))

    def path(self, name):
        return f"{self.options.work}/{name}"

    def tool(self, *words):
        subprocess.run([self.options.tool, *words], check=True)

    def write(self, name, chosen, learned):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.writelines(question_line(self.questions[q], learned.get(q)) for q in chosen)
        return self.path(name)

    def rows(self, name, learned_questions, asked):
        learned = {q: number for number, q in enumerate(learned_questions)}
        fitted = self.write(f"{name}.learn.tsv", learned_questions, learned)
        every = self.write(f"{name}.asked.tsv", asked, learned)
        self.tool("fit", self.options.library, fitted, self.options.lay_lines, self.path(f"{name}.bin"))
        self.tool("features", self.options.library, self.path(f"{name}.bin"), every,
                  self.path(f"{name}.rows"))
        return Rows(self.path(f"{name}.rows"))

    def line_rows(self, name):
        """Of the lines held back, after rows() of the same name."""
        asked, ranking, out = (self.path(f"{name}.lines.{end}") for end in ("tsv", "bin", "rows"))
        with open(asked, "w", encoding="utf-8") as file:
            file.writelines(f"-\t{line}\t{law}\t{number}\n"
                            for law, number, line in self.lines[:LINES_LEARNED + LINES_MEASURED])
        self.tool("fit", self.options.library, self.path(f"{name}.learn.tsv"), str(self.reduced), ranking)
        self.tool("features", self.options.library, ranking, asked, out)
        return Rows(out)

    def good(self, name, asked):
        """How many of the questions find a good match, by what this fold has learned."""
        found = subprocess.run([self.options.tool, "good", self.options.library,
                                self.path(f"{name}.bin"), asked],
                               check=True, capture_output=True, text=True)
        return int(found.stdout)

    def cross_validate(self):
        results, line_results = [], []
        with open(EVERYDAY, encoding="utf-8") as file:
            everyday = [line.strip() for line in file if not line.startswith("#")]
        with open(self.path("everyday.tsv"), "w", encoding="utf-8") as file:
            file.writelines(f"-\t{line}\n" for line in everyday)
        legal_good = everyday_good = 0
        for fold in range(FOLDS):
            held = list(self.order[fold::FOLDS])
            others = [q for q in self.order if q not in set(held)]
            rows = self.rows(f"fold{fold}", others, others + held)
            lines = self.line_rows(f"fold{fold}")
            models = grow(rows.part(range(len(others))), lines.part(range(LINES_LEARNED)),
                          self.options.threads)
            last = lines.part(range(LINES_LEARNED, LINES_LEARNED + LINES_MEASURED))
            line_results.append(measure(last, score(models, last)))
            own = rows.part(range(len(others), len(others) + len(held)))
            results.append(measure(own, score(models, own)))
            legal_good += self.good(f"fold{fold}", self.write("held.tsv", held, {}))
            everyday_good += self.good(f"fold{fold}", self.path("everyday.tsv"))
            print(f"fold {fold + 1}: " + line_of(results[-1]), flush=True)
        results = numpy.concatenate(results)
        print(f"all:    {line_of(results)}", flush=True)
        values = dict(zip(("recall_10", "recall_100", "mrr_10", "candidates"),
                          map(float, results.mean(0))))
        line_results = numpy.concatenate(line_results)
        print(f"lines:  {line_of(line_results)}", flush=True)
        values["lines_recall_10"] = float(line_results.mean(0)[0])
        values["legal_answered"] = legal_good / len(self.questions)
        values["everyday_refused"] = 1 - everyday_good / (FOLDS * len(everyday))
        print("good match: {legal_answered:.3f} of the questions, none for {everyday_refused:.3f} of "
              "everyday talk".format(**values), flush=True)
        if self.options.json:
            with open(self.options.json, "w", encoding="utf-8") as file:
                json.dump(values, file)
        return [f"{value:.4f}" for value in results.mean(0)[:3]]

    def learn(self, score_words):
        rows = self.rows("all", list(self.order), list(self.order))
        models = grow(rows, self.line_rows("all").part(range(LINES_LEARNED)), self.options.threads)
        with open(self.path("trees"), "w", encoding="utf-8") as file:
            for model, spread in models:
                write_trees(model, spread, file)
        self.tool("join", self.path("all.bin"), self.path("trees"), self.options.out, *score_words)


def line_of(results):
    ten, hundred, rank, candidates = results.mean(0)
    return (f"Recall@10 {ten:.4f}  Recall@100 {hundred:.4f}  MRR@10 {rank:.4f}"
            f"  candidates {candidates:.4f}")


def write_trees(model, spread, file):
    """Nodes in the order of breadth, so that siblings stand side by side."""
    for dump in model.get_dump(dump_format="json"):
        file.write("tree\n")
        waiting, count = collections.deque([json.loads(dump)]), 1
        while waiting:
            node = waiting.popleft()
            if "leaf" in node:
                file.write(f"leaf {node['leaf'] / spread:.9g}\n")
                continue
            children = {child["nodeid"]: child for child in node["children"]}
            threshold = numpy.float32(node["split_condition"])
            file.write(f"{node['split'][1:]} {threshold:.9g} {count}\n")
            waiting += [children[node["yes"]], children[node["no"]]]
            count += 2


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("library", "questions", "tool", "work"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--lay-lines", default=LAY_LINES)
    parser.add_argument("--out")
    parser.add_argument("--json")
    parser.add_argument("--threads", type=int, default=1)
    bench = Bench(parser.parse_args())
    score_words = bench.cross_validate()
    if bench.options.out:
        bench.learn(score_words)


if __name__ == "__main__":
    sys.exit(main())
