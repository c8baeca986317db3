/// How a reflector gets the objects that there are.
package enum ListMode: Sendable, Equatable {
  /// All in one answer, decoded as it comes: the quickest.
  case whole
  /// So many at a time, for proxies and servers that cannot do more.
  case pages(of: Int)
  /// As the first events of the watch (KEP-3157): the easiest on the server's memory.
  case initialEvents

  /// How many objects a page has, as for kubectl.
  package static let pageSize = 500
}
