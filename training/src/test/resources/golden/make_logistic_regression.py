"""Prints the golden coefficients of LogisticRegressionTest.

Needs: pip install numpy scikit-learn. The data are the same closed formula as in the test.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression

X = np.array([[np.sin(1.3 * m + 0.7 * d + 0.1 * m * d) for d in range(4)] for m in range(18)])
X = X.astype(np.float32).astype(np.float64)
y = [(m * m + m // 3) % 3 for m in range(18)]
for c in (1, 10):
    fit = LogisticRegression(C=c, tol=1e-10, max_iter=10_000).fit(X, y)
    head = np.concatenate([fit.coef_, fit.intercept_[:, None]], axis=1)
    # The intercepts are only determined up to a constant.
    head[:, -1] -= head[:, -1].mean()
    print(c, ", ".join(f"{v:.6f}" for v in head.ravel()))
