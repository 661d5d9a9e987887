import SyncCore
import Yams

extension ConfigurationReader {
    /// The values of which none goes back, first to last; `none` lets them.
    ///
    /// A lifecycle stage has the vendor's own order unless the file says otherwise.
    mutating func order(_ node: Node?, of property: String) -> ValueOrder? {
        guard let node else { return property == "lifecyclestage" ? .lifecycle : nil }
        if node.scalar?.string == "none" { return nil }
        guard let list = node.sequence, list.count > 1 else {
            self.fail(
                node,
                "`order` must list HubSpot's values, first to last.",
                "Write `[subscriber, lead, …]`, or `none`."
            )
            return nil
        }
        let values = list.compactMap { self.text($0, "order") }
        let twice = Dictionary(grouping: values) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
        if let first = twice.first { self.fail(node, "`\(first)` stands twice in `order`.") }
        return ValueOrder(values)
    }
}
