/// After every death the store holds all that it was said to hold, and its parts fit together.
struct StoreIsWhole: Checker {
    static let name = "storeIsWhole"

    func violations(in evidence: Evidence) -> [String] { evidence.storeFaults }
}
