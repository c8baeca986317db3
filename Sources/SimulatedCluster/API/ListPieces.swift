/// How many bytes of a list are sent at a time.
enum ListPieces {
  /// Room for an item beyond the size, so that a piece rarely grows.
  static let usualItem = 8 * 1024

  /// The first one shows whether a body is worth compressing.
  ///
  /// The others stay, with what holds them on their way, below the size from which memory comes fresh from
  /// the kernel each time.
  static func size(isFirst: Bool) -> Int {
    isFirst ? GzipBody.smallestSize : 56 * 1024
  }
}
