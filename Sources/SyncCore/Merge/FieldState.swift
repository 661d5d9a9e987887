/// What one side of a field is, seen from that side's own base.
package enum FieldState: Int, Sendable, Hashable, CaseIterable {
    /// Blank and unchanged: `0` in the grids.
    case blank
    /// Has a value, unchanged: `v`.
    case value
    /// Changed to a value: `D`.
    case changed
    /// Cleared: `X`.
    case cleared

    package init(base: FieldValue, now: FieldValue) {
        switch (base == now, now.isBlank) {
        case (true, true): self = .blank
        case (true, false): self = .value
        case (false, false): self = .changed
        case (false, true): self = .cleared
        }
    }

    package var hasChanged: Bool { self == .changed || self == .cleared }
    package var hasValue: Bool { self == .value || self == .changed }
}
