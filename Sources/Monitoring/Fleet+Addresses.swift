import ClusterGraph
import KubernetesObjects

/// Where clusters meet: those that share a network tell each other which addresses their Pods have, and
/// of the Pods only where two have one.
extension Fleet {
  /// Tells each cluster which of its Pods' addresses Pods of others have; one exchange at a time.
  func exchangeAddresses() async {
    guard !exchange.isEmpty else { return }
    let previous = exchanging
    let next = Task {
      await previous?.value
      await exchangeOnce()
    }
    exchanging = next
    await next.value
  }

  private func exchangeOnce() async {
    var affected: [Int: Set<IPAddress>] = [:]
    for (index, monitor) in monitors.enumerated() {
      let changes = await monitor.takeClaimChanges()
      exchange.take(changes, ofCluster: index)
      for address in changes.all {
        for neighbour in exchange.neighbours(ofCluster: index, at: address) {
          affected[neighbour, default: []].insert(address)
        }
      }
    }
    guard !affected.isEmpty else { return }
    let pods = await sharedPods(at: affected)
    for (index, addresses) in affected {
      var foreign: [IPAddress: [ForeignPod]] = [:]
      for address in addresses {
        let others = exchange.neighbours(ofCluster: index, at: address).subtracting([index])
        let isClaimed = !exchange.claimants(of: address, among: [index]).isEmpty
        foreign[address] = isClaimed ? others.sorted().flatMap { pods[$0]?[address] ?? [] } : []
      }
      await monitors[index].take(foreign)
    }
  }

  /// The Pods at those of the addresses that Pods of two clusters have.
  private func sharedPods(
    at affected: [Int: Set<IPAddress>]
  ) async -> [Int: [IPAddress: [ForeignPod]]] {
    var pods: [Int: [IPAddress: [ForeignPod]]] = [:]
    for (index, addresses) in affected {
      let shared = addresses.filter { address in
        let claimants = exchange.claimants(
          of: address,
          among: exchange.neighbours(ofCluster: index, at: address)
        )
        return claimants.count > 1 && claimants.contains(index)
      }
      if !shared.isEmpty { pods[index] = await monitors[index].pods(at: shared) }
    }
    return pods
  }
}

extension ClusterMonitor {
  /// What other clusters have to be told of this one's addresses.
  func takeClaimChanges() -> AddressClaims.Changes {
    inspectDirty()
    return claims.takeChanges(in: graph)
  }

  /// The Pods at some addresses, for the graphs of other clusters; from now on these are told of
  /// changes there.
  func pods(at addresses: Set<IPAddress>) -> [IPAddress: [ForeignPod]] {
    claims.shared.formUnion(addresses)
    return addresses.reduce(into: [:]) { all, address in
      guard let handle = graph.handle(of: .address(address)) else { return }
      all[address] = graph.referrers(of: handle, over: .address)
        .compactMap { $0.presence.record as? Pod }
        .sorted { $0.key < $1.key }.map { ForeignPod($0, of: name) }
    }
  }

  /// Takes in which Pods of other clusters have some addresses now.
  func take(_ foreign: [IPAddress: [ForeignPod]]) {
    for (address, pods) in foreign {
      claims.foreign[address] = pods.isEmpty ? nil : pods
      if pods.isEmpty { claims.shared.remove(address) }
    }
    let pods = Dictionary(
      claims.foreign.values.joined().map { ($0.key, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    update { graph, touched in
      graph.replaceOwn(ForeignPod.kind, with: Array(pods.values), touching: &touched)
      graph.setKnowledge(of: ForeignPod.kind, to: .known, touching: &touched)
    }
  }
}
