import SyncCore
import Yams

extension ConfigurationReader {
    /// How much of each CRM's daily calls Duet may use: `allowance: {salesforce: 20%}`.
    mutating func allowance(_ node: Node) -> [Side: Int] {
        let known = Side.allCases.map(\.rawValue)
        guard let members = self.members(of: node, known: known, what: "`allowance`") else {
            return [:]
        }
        var allowance: [Side: Int] = [:]
        for side in Side.allCases {
            guard let item = members[side.rawValue] else { continue }
            let most = 100 - Configuration.reserve(of: side)
            let text = item.scalar?.string ?? ""
            if let percent = Int(text.hasSuffix("%") ? text.dropLast() : text[...]),
                (1...most).contains(percent)
            {
                allowance[side] = percent
            } else {
                self.fail(
                    item,
                    "`\(side.rawValue)` must be a share of the day's calls, from 1% to \(most)%: the rest is left to others.",
                    "Write `\(side.rawValue): \(Configuration.usualShare(of: side))%`."
                )
            }
        }
        return allowance
    }
}
