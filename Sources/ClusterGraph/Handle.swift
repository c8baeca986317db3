/// Where a vertex is stored in its graph.
///
/// A handle stays valid until ``ClusterGraph/freeUnusedVertices()`` finds its vertex unused.
package struct Handle: Hashable, Sendable {
  let index: UInt32

  init(_ index: Int) { self.index = UInt32(index) }

  var position: Int { Int(index) }
}
