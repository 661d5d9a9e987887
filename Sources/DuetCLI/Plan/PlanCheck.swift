import SyncCore
import SyncRuntime
import SyncStore

/// Whether a plan is one of these accounts and these mappings.
struct PlanCheck {
    private let open: OpenPair

    init(_ open: OpenPair) {
        self.open = open
    }

    func run(_ header: PlanFile.Header) throws(SyncError) {
        let here = [Side.hubspot, .salesforce].map { self.open.accounts[$0]?.id ?? "" }
        guard [header.portal, header.org] == here else {
            throw SyncError(
                code: .wrongAccount,
                cause:
                    "The plan is of HubSpot portal \(header.portal) and Salesforce org \(header.org); this is \(here[0]) and "
                    + "\(here[1]).",
                nextStep: "Apply it where it was made, or make one here with `duet plan --out`."
            )
        }
        let changed = self.open.pair.mappings
            .filter { header.mappings[$0.name] != $0.revision }.map(\.name)
        guard changed.isEmpty, header.mappings.count == self.open.pair.mappings.count else {
            let which = changed.isEmpty ? "another number of them" : changed.joined(separator: ", ")
            throw SyncError(
                code: .usage,
                cause: "The mappings are not those of the plan any more (\(which)).",
                nextStep: "Make the plan anew with `duet plan --out`, and apply that."
            )
        }
    }
}
