import ClusterGraph
import KubernetesClient
import KubernetesObjects

/// Users who may not read everything: what they may is found out, and followed.
extension ClusterMonitor {
  /// How often it is asked whether what is followed in one namespace may be read in all.
  static let wideningInterval = Duration.seconds(600)
  /// How long the rules of a namespace are believed: all of its kinds are refused within seconds.
  private static let rulesLifetime = Duration.seconds(60)

  /// The rules of a namespace, and when they were asked for.
  struct AskedRules {
    let time: Timestamp
    let answer: Task<NamespaceRules, Never>
  }

  /// Follows a kind that may not be listed everywhere in the context's namespace; tells whether it
  /// may there.
  func narrow(_ resource: APIResource) async -> Bool {
    guard resource.isNamespaced, let namespace = source.defaultNamespace,
      await mayFollow(resource, in: namespace),
      streams[.init(kind: resource.kind, namespace: nil)]?.resource == resource
    else { return false }
    let kind = resource.kind
    endStreams(of: kind)
    start(resource, in: namespace)
    // What was seen of other namespaces, when it might be, is not known to be there still.
    update { graph, touched in
      for key in graph.keys(of: kind) where key.namespace != namespace {
        graph.remove(key, touching: &touched)
      }
    }
    noteKnowledge(of: kind)
    return true
  }

  /// Whether a resource may be followed in a namespace: one review tells it for all resources, and
  /// others for each of those of which that one cannot.
  private func mayFollow(_ resource: APIResource, in namespace: String) async -> Bool {
    switch await rules(in: namespace).verdict(on: ["list", "watch"], of: resource) {
    case .allowed: true
    case .forbidden: false
    case .unknown: (try? await source.mayFollow(resource, in: namespace)) == true
    }
  }

  private func rules(in namespace: String) async -> NamespaceRules {
    let now = clock.now()
    if let asked = askedRules[namespace], now < asked.time + Self.rulesLifetime {
      return await asked.answer.value
    }
    let source = source
    let answer = Task { (try? await source.rules(in: namespace)) ?? .untold }
    askedRules[namespace] = AskedRules(time: now, answer: answer)
    return await answer.value
  }

  func widenNowAndThen() async {
    while (try? await clock.sleep(Self.wideningInterval)) != nil { await widen() }
  }

  /// Follows in all namespaces what may be read there by now.
  private func widen() async {
    guard options.namespaces.isEmpty else { return }
    for (id, stream) in streams where id.namespace != nil {
      // The rules of a namespace do not tell which of them hold in all.
      guard (try? await source.mayFollow(stream.resource, in: nil)) == true,
        streams[id]?.resource == stream.resource
      else { continue }
      endStreams(of: id.kind)
      start(stream.resource)
    }
    noteStreams()
  }
}
