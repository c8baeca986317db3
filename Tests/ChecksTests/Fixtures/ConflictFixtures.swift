import Inspection

extension CheckFixture {
  static let conflict: [CheckID: CheckFixture] = [
    acrossClusters, addressConflicts, nodeConflicts, trafficConflicts, volumeConflicts,
    workloadConflicts,
  ].reduce(into: [:]) { all, fixtures in all.merge(fixtures) { first, _ in first } }
}
