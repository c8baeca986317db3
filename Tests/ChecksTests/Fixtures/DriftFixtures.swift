import Inspection

extension CheckFixture {
  static let drift: [CheckID: CheckFixture] = [
    addressDrifts, endpointDrifts, machineDrifts, nodeDrifts, workloadDrifts,
  ].reduce(into: [:]) { all, fixtures in all.merge(fixtures) { first, _ in first } }
}
