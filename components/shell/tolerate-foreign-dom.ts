/**
 * Lets React go on in a page whose nodes somebody else has moved.
 *
 * Page translation wraps each text in an element of its own, and extensions do the like. When React then removes
 * such a text, or puts something before it, the browser throws NotFoundError, since the text is no child of its
 * parent any more; React gives up the whole page for it, with a dialog that may hold a secret.
 * (https://github.com/facebook/react/issues/11538)
 *
 * Here a node that was wrapped stands for its wrapper, and one that is gone is gone already. Calls that a browser
 * takes anyway stay as they are. In a page that nobody touched this does nothing.
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

/** The child of `parent` that is `node` or has it inside; null when `node` is somewhere else. */
function childAround(parent: Node, node: Node): Node | null {
  let around: Node | null = node;
  while (around !== null && around.parentNode !== parent) around = around.parentNode;
  return around;
}
