package import Healing
import KubernetesClient
import KubernetesObjects
import WireFormats

extension ClusterMonitor {
  /// How a heal of this cluster would be taken back, as its objects are now.
  func proposal(toUndo kept: UndoneHeal) async -> Proposal {
    if let obstacle = obstacleToPlans() { return .unavailable(obstacle) }
    catchUp()
    let heal: UndoneHeal
    do throws(JournalFailure) {
      heal = try kept.opened(by: options.secrets)
    } catch {
      return .unavailable(error.reason)
    }
    var current: [ObjectKey: JSONValue] = [:]
    for key in heal.targets {
      // What is no object of the cluster, the planner says.
      guard let resource = resources[key.kind] else { continue }
      do throws(KubernetesError) {
        current[key] = try await source.object(key, of: resource)
      } catch .notFound {
        continue
      } catch {
        return .unavailable("Whether \(key) is there cannot be seen: \(error)")
      }
    }
    return await permitted(UndoPlanner(heal, current: current, in: graph).proposal())
  }
}

extension Fleet {
  /// How a heal would be taken back.
  package func proposal(toUndo heal: UndoneHeal) async -> Proposal {
    guard let monitor = monitors.first(where: { $0.name == heal.cluster }) else {
      return .unavailable("Cluster \(heal.cluster) is not followed. Open its context first.")
    }
    return await monitor.proposal(toUndo: heal)
  }

  /// How a plan ended, once the cluster has shown it; `nil` where it was never begun.
  package func end(of plan: HealPlan) async -> HealState? {
    guard let monitor = monitors.first(where: { $0.name == plan.cluster }) else { return nil }
    while let state = await monitor.heal(plan.id), state.isUnderWay {
      guard (try? await clock.sleep(.milliseconds(100))) != nil else { return state }
    }
    return await monitor.heal(plan.id)
  }
}

extension Fleet {
  /// What the cluster has now of a heal that was interrupted, a sentence for each call; `nil` where the
  /// cluster is not followed, or does not answer.
  package func arrivals(of kept: UndoneHeal) async -> String? {
    guard let monitor = monitors.first(where: { $0.name == kept.cluster }) else { return nil }
    // What cannot be opened is told by what may be read of it.
    let secrets = await monitor.options.secrets
    let heal = (try? kept.opened(by: secrets)) ?? kept
    guard await monitor.isReached() else { return nil }
    var sentences: [String] = []
    for call in heal.calls where call.isAccepted == nil {
      sentences.append(await monitor.arrival(of: call))
    }
    if heal.calls.isEmpty { sentences.append("Nothing of it was sent.") }
    if sentences.isEmpty { sentences.append("What was sent of it was answered.") }
    return sentences.joined(separator: " ")
  }
}

extension ClusterMonitor {
  /// Waits until it is known what the cluster serves, or cannot be.
  fileprivate func isReached() async -> Bool {
    while resources.isEmpty {
      switch connection {
      case .signedOut, .unusable: return false
      case .connecting, .syncing, .watching, .disconnected: break
      }
      guard (try? await clock.sleep(.milliseconds(200))) != nil else { return false }
    }
    return true
  }

  fileprivate func arrival(of call: UndoneHeal.Call) async -> String {
    guard let resource = resources[call.target.kind] else {
      return "Look at \(call.target): it is no object of the cluster."
    }
    do throws(KubernetesError) {
      return call.arrival(try await source.object(call.target, of: resource))
    } catch .notFound {
      return call.arrival(nil)
    } catch {
      return "Whether \(call.target) is there cannot be seen: \(error)"
    }
  }
}
