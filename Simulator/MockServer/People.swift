/// Invented names for the generator: common first and last names, no real person's data.
enum People {
    static let first = [
        "Ada", "Grace", "Alan", "Barbara", "Édouard", "José", "Zoë", "Søren", "François", "Łukasz",
        "Jürgen", "Nuño", "Aoife", "Siobhán", "Mary Ann", "Jean-Luc", "Anna", "Ben", "Clara",
        "David",
        "Emma", "Frank", "Hannah", "Ivan", "Julia", "Karl", "Laura", "Mia", "Noah", "Olga", "Paul",
        "Rosa", "Sam", "Tina", "Uwe", "Vera", "Will", "Yuki", "健", "美咲",
    ]

    static let last = [
        "Smith", "Jones", "Müller", "García", "O'Brien", "D'Angelo", "van der Berg", "Nguyễn",
        "Østergaard",
        "Çelik", "Kowalski", "Novák", "Rossi", "Dubois", "Andersson", "Silva", "Kim", "Ivanov",
        "Tanaka",
        "Wolfeschlegelsteinhausenbergerdorff", "Lee", "Brown", "Wilson", "Taylor", "Moreau",
        "Fischer",
        "Weber", "Lopez", "Young", "King", "Baker", "Carter", "Reed", "Cook", "Bell", "佐藤", "鈴木",
    ]

    static let titles = [
        "CEO", "Head of Sales", "Sales Manager", "Buyer", "Engineer", "Consultant", "Assistant",
        "VP Marketing", "Owner", "Analyst",
    ]

    static let companies = [
        "Acme GmbH", "Tides & Sons", "Northwind", "Blue Harbour Ltd", "Crater Lake Co",
        "Óptica Sur",
    ]

    static let domains = ["example.com", "example.org", "example.net", "acme.test", "tides.test"]
}
