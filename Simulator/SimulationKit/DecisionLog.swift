import HTTPTransport
package import SyncCore

/// Sees every decision of a run: which cells of the grids it met, and which the reference refutes.
package final class DecisionLog: DecisionObserver {
    private struct State {
        var cells: [GridCell: Int] = [:]
        var faults: [String] = []
        var decisions = 0
        var hasCrashed = false
    }

    private let state = Locked(State())

    package init() {}

    package func decided(
        _ input: RecordMergeInput,
        _ decision: MergeDecision,
        isAgain: Bool
    ) {
        let reference = ReferenceMerge(input)
        let faults = reference.faults(in: decision)
        self.state.withLock { state in
            state.decisions += 1
            if state.faults.count < Self.faultsMax { state.faults += faults }
            guard input.phase == .linked else { return }
            let circumstance: GridCell.Circumstance =
                isAgain ? .race : state.hasCrashed ? .crash : .plain
            for field in input.mapping.fields where field.kind == .plain {
                guard let shape = input.mapping.hubspot.fields[field.index]?.shape else { continue }
                let (hubspot, salesforce) = reference.states(of: field.index)
                let cell = GridCell(
                    rule: field.rule,
                    hubspot: hubspot,
                    salesforce: salesforce,
                    type: shape.type,
                    circumstance: circumstance
                )
                state.cells[cell, default: 0] += 1
            }
        }
    }

    /// From now on decisions follow a death of the process.
    package func crashed() { self.state.withLock { $0.hasCrashed = true } }

    /// What the reference refutes, a sentence each; at most a few.
    package var faults: [String] { self.state.withLock { $0.faults } }
    package var cells: [GridCell: Int] { self.state.withLock { $0.cells } }
    package var decisions: Int { self.state.withLock { $0.decisions } }

    private static let faultsMax = 20
}
