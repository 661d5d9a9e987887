/// How urgent a call or a write is; lower raw values go first.
package enum PriorityClass: Int, Sendable, Hashable, CaseIterable, Comparable, Codable {
    case manual = 0
    case newRecord = 1
    case ownerAndStage = 2
    case field = 3
    case backfill = 4
    case audit = 5

    package static func < (left: PriorityClass, right: PriorityClass) -> Bool {
        left.rawValue < right.rawValue
    }
}
