/// The engine makes at most one record on a side for one record of the other, and ties it to that one
/// as it makes it.
///
/// Whether it makes one again for what is gone is `nothingComesBack`'s.
struct AtMostOneCreate: Checker {
    static let name = "atMostOneCreate"

    func violations(in evidence: Evidence) -> [String] {
        evidence.creates.compactMap { create in
            guard let key = create.key else {
                return "\(create.side) \(create.record) was made for nobody: it has no key"
            }
            guard create.earlier == .living else { return nil }
            return "\(create.side) \(create.record) was made for \(key), which has one"
        }
    }
}
