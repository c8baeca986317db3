/// Where what an inventory tells of stands in its life.
package enum RecordLifecycle: UInt8, Sendable {
  /// It is to be in use some day, or is kept for something: `planned`, `reserved`.
  case planned
  case inService
  /// It must not be in use: `decommissioned`, `repair`, `deprecated`.
  case retired
}
