Console.WriteLine("lmp");
