/**
 * Keeps React working in a page whose DOM somebody else has changed.
 *
 * Page translation wraps each text node in its own element, and some extensions do the same. When React then removes
 * such a node or inserts before it, the browser throws NotFoundError, because the node's parent has changed. React then
 * unmounts the whole page, including a dialog that may show a secret.
 * (https://github.com/facebook/react/issues/11538)
 *
 * This treats a wrapped node as its wrapper, and a missing node as already removed. Calls the browser accepts are
 * untouched, so this does nothing in an unmodified page.
 */
export function tolerateForeignDom(): void {
  const { removeChild, insertBefore } = Node.prototype;

  Node.prototype.removeChild = function <Child extends Node>(this: Node, child: Child): Child {
    const own = childAround(this, child);
    if (own !== null) removeChild.call(this, own);
    return child;
  };

  Node.prototype.insertBefore = function <Added extends Node>(
    this: Node,
    added: Added,
    before: Node | null,
  ): Added {
    insertBefore.call(this, added, before == null ? null : childAround(this, before));
    return added;
  };
}

/** The child of `parent` that is `node` or contains it; null if `node` is elsewhere. */
function childAround(parent: Node, node: Node): Node | null {
  let around: Node | null = node;
  while (around !== null && around.parentNode !== parent) around = around.parentNode;
  return around;
}
