import HTTPTransport

/// The records that a request names, found in its bytes: HubSpot ids of contacts are twelve digits
/// (the mock's), Salesforce ids of contacts and leads 15 or 18 characters from `003` or `00Q`.
enum RecordNames {
    static func named(in request: HTTPRequest, max: Int) -> [String] {
        var names: [String] = []
        var run: [UInt8] = []
        func take() {
            defer { run.removeAll(keepingCapacity: true) }
            guard names.count < max, Self.isName(run) else { return }
            let name = String(decoding: run, as: UTF8.self)
            if !names.contains(name) { names.append(name) }
        }
        for bytes in [Array(request.url.utf8), request.body] {
            for byte in bytes {
                let isPart =
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x61...0x7A).contains(byte)
                if isPart { run.append(byte) } else { take() }
            }
            take()
        }
        return names
    }

    private static func isName(_ run: [UInt8]) -> Bool {
        switch run.count {
        case 12: run.allSatisfy { (0x30...0x39).contains($0) }
        case 15, 18: run.starts(with: Array("003".utf8)) || run.starts(with: Array("00Q".utf8))
        default: false
        }
    }
}
