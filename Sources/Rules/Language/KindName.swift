package import KubernetesObjects
import NameMatching

/// How packs name kinds: `Pod`, `Deployment.apps`, `Certificate.cert-manager.io`.
package enum KindName {
  /// Kinds of the core group of which there are no records of our own.
  private static let otherCoreKinds: Set<String> = [
    "Endpoints", "LimitRange", "PodTemplate", "ReplicationController",
  ]

  private static let builtIn = Kinds.all.map { $0.kind }.filter(\.isBuiltIn)

  /// The kind, or what is wrong with its name.
  package static func kind(_ text: String) -> Result<ObjectKind, Mistake> {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard name.first?.isUppercase == true, name.allSatisfy({ $0.isLetter || $0.isNumber }) else {
      return .failure(
        Mistake("is not a kind; write Pod, Deployment.apps or Certificate.cert-manager.io")
      )
    }
    guard parts.count > 1 else { return coreKind(name) }
    let kind = ObjectKind(name, group: String(parts[1]))
    guard kind.isBuiltIn, !ObjectDecoder.isTyped(kind),
      let nearest = text.nearest(of: builtIn.map(\.description)), nearest != text,
      nearest.lowercased() == text.lowercased()
    else { return .success(kind) }
    return .failure(Mistake("is not a kind; did you mean \(nearest)?"))
  }

  private static func coreKind(_ name: String) -> Result<ObjectKind, Mistake> {
    let kind = ObjectKind(name)
    if ObjectDecoder.isTyped(kind) || otherCoreKinds.contains(name) { return .success(kind) }
    let known = builtIn.first { $0.name == name }.map(\.description)
    let nearest = known ?? name.nearest(of: builtIn.map(\.description))
    let hint =
      nearest.map { "did you mean \($0)?" }
      ?? "kinds of other groups are written Certificate.cert-manager.io"
    return .failure(Mistake("is not a kind of the core group; \(hint)"))
  }

  package struct Mistake: Error, Equatable {
    package let reason: String

    init(_ reason: String) { self.reason = reason }
  }
}
