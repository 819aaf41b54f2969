"""Results of gene tests, inherited and in the tumour, told apart from tests that are planned, not done, or explained.

In: a View. Out: findings `gene.GENE.germline` and `gene.GENE.somatic`. Start at `find`. A sentence that names a gene
becomes a row of marks (marks.py: genes, answers, variants, tests), an answer is given to the gene it belongs to
(clauses.py), and the answers of a gene become one result (results.py), inherited or of the tumour (origin.py).
"""

from __future__ import annotations

from navaid.records.extract.genes.find import find

__all__ = ["find"]
