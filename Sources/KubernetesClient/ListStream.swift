package import KubernetesObjects
import WireFormats

/// The objects of one LIST, as they come.
package struct ListStream: Sendable {
  private let body: AnswerBody
  private let path: String
  private var decoder: ListDecoder
  private var isAtEnd = false

  init(
    _ body: AnswerBody,
    of resource: APIResource,
    decoder: ObjectDecoder,
    path: String
  ) {
    self.body = body
    self.path = path
    self.decoder = ListDecoder(of: resource, encoding: body.head.encoding, decoder: decoder)
  }

  /// What the list says of itself; complete once ``next()`` gave `nil`.
  package var metadata: ListMetadata { decoder.metadata }

  /// What its objects may have in common with others of the resource, before them and after.
  package var pool: SharingPool {
    get { decoder.pool }
    set { decoder.pool = newValue }
  }

  /// Waits for the next objects, which may be none yet; `nil` at the end of the list.
  package mutating func next() async throws(KubernetesError) -> [ObjectSnapshot]? {
    guard !isAtEnd else { return nil }
    let chunk = try await body.nextChunk()
    do {
      guard let chunk else {
        isAtEnd = true
        return try decoder.finish()
      }
      return try decoder.append(chunk)
    } catch {
      body.cancel()
      throw .malformedAnswer(reason: "\(path): \(error)")
    }
  }

  /// Waits for all objects that are still to come.
  package mutating func rest() async throws(KubernetesError) -> [ObjectSnapshot] {
    var objects: [ObjectSnapshot] = []
    while let next = try await next() { objects += next }
    return objects
  }
}
