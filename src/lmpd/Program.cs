Console.WriteLine("lmpd");
